"""Small widgets that know nothing of incidents."""
