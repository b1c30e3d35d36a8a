"""The playbooks of the group; every YAML file in this folder is read."""
