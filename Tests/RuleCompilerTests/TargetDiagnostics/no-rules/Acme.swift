// No rules.
