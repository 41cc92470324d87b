"""Where MkDocs finds the theme `muniment`: the folder of this module.

MkDocs imports the module of a theme before that of the theme it extends, which is the last moment to ask Material not
to print its opinion of MkDocs 2 over every build.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
