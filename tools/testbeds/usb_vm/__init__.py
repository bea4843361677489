"""Real USB without hardware: a Linux VM in which a USB host and a USB gadget are joined by dummy_hcd."""
