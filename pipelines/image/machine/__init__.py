"""Where and how a model works: device, number format, memory, attention, speed; and who stays."""
