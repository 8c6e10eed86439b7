"""The functions that generated code calls for integrals and sums: source text, which goes into the module that calls them."""

from __future__ import annotations

__all__ = ["HELPERS"]

HELPERS = {
    "_integral": '''\
def _integral(f, lower, upper):
    """The integral by quadrature, nan where f has a value that is no number: QUADPACK does not stand those."""
    def seen(x):
        value = f(x)
        if not np.isfinite(value):
            raise FloatingPointError
        return value

    try:
        with np.errstate(all="ignore"):
            return integrate.quad(seen, lower, upper, limit=200)[0]
    except (FloatingPointError, OverflowError, ZeroDivisionError):
        return np.nan''',
    "_mean": '''\
def _mean(f, p, lower, upper):
    """The integral of f*p by quadrature, nan where it is not seen that p has mass one."""
    def weight(x):
        return value if np.isfinite(value := p(x)) else 0.0

    mass = _integral(weight, lower, upper)
    total = _integral(lambda x: f(x)*w if (w := weight(x)) > 0 else 0.0, lower, upper)
    return total if abs(mass - 1) < 1e-8 else np.nan''',
    "_mean_of_counts": '''\
def _mean_of_counts(f, p, lower):
    """The sum of f*p over lower, lower + 1, ..., or over all integers, nan where it is not seen to end and p to have mass one."""
    both = np.isinf(lower)
    k = np.arange(1024.0) + (0 if both else lower)
    total = mass = last = 0.0
    while (mass < 1 - 1e-13 or abs(last) > 1e-13*abs(total)) and len(k) < 10**7:
        points = np.concatenate([k, -1 - k]) if both else k
        with np.errstate(all="ignore"):
            weights = np.nan_to_num(p(points), nan=0.0, posinf=0.0)
            last = np.sum(np.where(weights > 0, f(points)*weights, 0))
        total += last
        mass += np.sum(weights)
        k = k[-1] + 1 + np.arange(2.0*len(k))
    return total if abs(mass - 1) < 1e-9 and abs(last) <= 1e-10*abs(total) else np.nan''',
    "_mean_of_points": '''\
def _mean_of_points(f, p, lower, upper):
    """The mean of f over lower, ..., upper by masses p, whose common error cancels; nan for over 10**7 points, or p without mass one."""
    if not upper - lower < 10**7:
        return np.nan
    k = np.arange(lower, upper + 1)
    with np.errstate(all="ignore"):
        weights = p(k)
        mass = np.sum(weights)
        total = np.sum(np.where(weights > 0, f(k)*weights, 0))
    return total/mass if abs(mass - 1) < 1e-6 else np.nan''',
}
