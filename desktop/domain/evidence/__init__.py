"""Evidence and what is known of it: the gate, items, copies, what is inside them."""
