"""How the stages are run."""
