"""What is wired where; hil_tests/README.md has the drawing. GP numbers."""

BUTTON = 2  # PhotoMOS relay across the camera's button contact, or the solenoid's driver
POWER = 3  # load switch in the camera's VBUS
HEATER = 6  # driver of the heating pad
SERVICE = 22  # to ground at start: no application, the REPL is there
LIGHT = (26, 27, 28)  # ADC0..2: anterior, posterior left, posterior right
SDA, SCL = 4, 5  # I2C0: TMP117 on the camera's tip
