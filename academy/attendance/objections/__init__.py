"""Objections: what people say of their own attendance, and the answers."""
