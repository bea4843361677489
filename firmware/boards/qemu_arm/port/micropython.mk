# The C files beside this one, as a user module of MicroPython's
SRC_USERMOD_C += $(addprefix $(USERMOD_DIR)/, clock.c module.c start.c uart.c uart_type.c)
CFLAGS_USERMOD += -I$(USERMOD_DIR)
