"""What a report is: frozen values without files, HTML or colours."""
