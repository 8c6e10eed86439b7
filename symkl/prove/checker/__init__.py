"""Whether a certificate proves or refutes what it says (docs/certificates.md): terms.py what terms mean, proofs.py the facts, witness.py."""

from .proofs import check_certificate as check_certificate
