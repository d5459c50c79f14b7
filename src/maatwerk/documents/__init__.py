"""Documents: letters as PDF. What stands in them is data; how they look is a layout; neither knows of cases or tenants."""
