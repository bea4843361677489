"""Where in the mouth: teeth, quadrants, surfaces, areas, views, and a site that is made of them."""
