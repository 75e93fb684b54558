"""Figures and alarms for those who steer; reads all, changes none (Steuerung)."""
