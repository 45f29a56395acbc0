"""How times are written in the editors' site, where Django's way will not do."""
