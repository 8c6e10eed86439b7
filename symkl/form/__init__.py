"""Textbook form, log-linear canonical form, zero test."""
