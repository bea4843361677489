"""USB hubs that can switch the power of their ports, by the program uhubctl."""
