"""What fills the terminal: the reading room, and the sheet of acts over it."""
