"""Site: home, the shell of the desk, health, and the demonstration academy."""
