"""OpenPGP signatures, judged in process; several forges sign the commits of their web editors with such a key.

An SSH signature holds the key that made it, an OpenPGP signature only names it: the keys to try come from the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from muniment.sshsig import BadSignature

if TYPE_CHECKING:
    from pysequoia import Cert

BLOCK = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
# A signature is a few hundred bytes, 2 kB with the longest keys in use.
LONGEST = 16_384


@lru_cache(maxsize=256)
def _certificate(block: str) -> Cert | None:
    from pysequoia import Cert

    try:
        return Cert.from_bytes(block.encode())
    except Exception:  # the library has one kind of exception for whatever is wrong with the bytes
        return None


def fingerprint(block: str) -> str:
    """The fingerprint of a public key block in upper-case hex; empty for anything else."""
    certificate = _certificate(block) if block.lstrip().startswith(BLOCK) else None
    return certificate.fingerprint.upper() if certificate is not None else ""


def signer(payload: bytes, signature: bytes, blocks: Iterable[str]) -> str:
    """The fingerprint of the key among `blocks` that signed `payload`; empty where none of them is named.

    Raises `BadSignature` where one is named but did not sign this.
    """
    from pysequoia import Sig, verify

    if len(signature) > LONGEST:
        raise BadSignature("layout")
    known = [found for found in (_certificate(block) for block in blocks) if found is not None]
    try:
        named = Sig.from_bytes(signature)
        issuer = (named.issuer_fingerprint or named.issuer_key_id or "").lower()
        holders = [certificate for certificate in known if issuer and _bears(certificate, issuer)]
        if not holders:
            return ""
        done = verify(payload, lambda _: holders, signature=named)
        return next(str(valid.certificate).upper() for valid in done.valid_sigs)
    except Exception:
        raise BadSignature("mismatch") from None


def _bears(certificate: Cert, issuer: str) -> bool:
    """Whether a key or one of its subkeys has this fingerprint or key id."""
    from pysequoia import packet

    pile = packet.PacketPile.from_bytes(bytes(certificate))
    return any((found.fingerprint or "").lower().endswith(issuer) for found in pile)
