"""The checker of certificates: what one proves or refutes, and whether it does. Format, and what is trusted: docs/certificates.md.

Nothing that found a proof is used. What terms mean: terms.py; the facts that a proof may add up: proofs.py; when a witness refutes: witness.py.
"""

from .proofs import check_certificate as check_certificate
