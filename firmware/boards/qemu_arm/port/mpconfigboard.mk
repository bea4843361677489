# MicroPython's `qemu` port on an MPS2 board of Arm's, as QEMU emulates it: MACHINE is mps2-an385 (Cortex-M3)
# or mps2-an500 (Cortex-M7). `python -m tools.testbeds.qemu_arm` runs make with it; MicroPython is not patched.
QEMU_ARCH = arm
MACHINE ?= mps2-an385
QEMU_MACHINE = $(MACHINE)

ifeq ($(MACHINE),mps2-an500)
CFLAGS += -mthumb -mcpu=cortex-m7 -mfpu=fpv5-sp-d16 -mfloat-abi=hard
CFLAGS += -DMICROPY_HW_MCU_NAME='"Cortex-M7"' -DPSRAM_ADDRESS=0x60000000
MPY_CROSS_FLAGS += -march=armv7emsp
else
CFLAGS += -mthumb -mcpu=cortex-m3 -mfloat-abi=soft
CFLAGS += -DMICROPY_HW_MCU_NAME='"Cortex-M3"' -DPSRAM_ADDRESS=0x21000000
MPY_CROSS_FLAGS += -march=armv7m
endif

CFLAGS += -DQEMU_SOC_MPS2 -I$(BOARD_DIR) -DMP_CONFIGFILE='<board_config.h>'
LDSCRIPT = $(BOARD_DIR)/mps2.ld
LDFLAGS += -Wl,--wrap=main
SRC_BOARD_O = shared/runtime/gchelper_native.o shared/runtime/gchelper_thumb2.o

MICROPY_VFS_LFS2 = 1
MICROPY_HEAP_SIZE = 262144
USER_C_MODULES = $(BOARD_DIR)/..
FROZEN_MANIFEST = $(BOARD_DIR)/manifest.py
