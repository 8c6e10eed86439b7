"""The checker of certificates: what one proves or refutes, and whether it does.

None of the code that found the proof is used, and no `simplify`. SymPy expands; `symkl.exact` has the signs of numbers and of functions of one
variable, and the values of measures at a witness. What is trusted besides is written here: what terms mean (terms.py), the facts that a proof may
add up (proofs.py), and when a witness refutes (witness.py). Format: docs/certificates.md.
"""

from .proofs import check_certificate as check_certificate
