"""Behaviour at an end point, with every remainder bounded: expansions valid on a whole ray [V, ∞), and what follows for tails."""
