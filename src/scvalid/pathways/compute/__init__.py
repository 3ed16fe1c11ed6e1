"""Pure computing of effects: profiles, sets and a design in, tables of effects out."""
