"""Evidence: the gate, taking it in, showing it, copies of it, what is held back."""
