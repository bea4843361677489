"""Internal: where in the mouth. Teeth, quadrants, surfaces, areas, views, and a site that is made of them."""
