"""The checker of certificates: what one proves or refutes, and whether it does. Format: docs/certificates.md.

None of the code that found the proof is used, and no `simplify`. SymPy expands; `symkl.exact` has signs of numbers and of functions, and measures of
finite laws. Trusted besides: what terms mean (terms.py), the facts that a proof may add up (proofs.py), and when a witness refutes (witness.py).
"""

from .proofs import check_certificate as check_certificate
