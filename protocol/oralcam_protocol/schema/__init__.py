"""The protocol's only definition, written with `construct`. Everything in `wire.codec` comes from here."""
