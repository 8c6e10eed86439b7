"""The parts of the derivation checker: one small independent function a kind of step."""
