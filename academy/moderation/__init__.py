"""Moderation: flags, held posts, decisions with reasons, appeals, and the log of it all."""
