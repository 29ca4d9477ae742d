"""How the network that refuses was made: its pictures, its training, its trials."""
