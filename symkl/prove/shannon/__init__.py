"""Inequalities between entropies of joint random variables: cone certificates and finite witnesses."""
