"""Identities and inequalities between divergences of laws: linear algebra over E_mu[log f], cone certificates, finite witnesses."""
