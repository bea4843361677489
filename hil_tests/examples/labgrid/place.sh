#!/bin/sh
# Makes the place, once for each bench: its name, what belongs to it, and tags to find it by.
# labgrid-client is taken from PATH, the coordinator from LG_COORDINATOR.
set -eu
place="${1:-oralcam}"
exporter="${2:-oralcam-bench}"

labgrid-client -p "$place" create
labgrid-client -p "$place" add-named-match "$exporter/bench/NetworkSerialPort/camera" camera
labgrid-client -p "$place" add-named-match "$exporter/bench/NetworkSerialPort/rig" rig
labgrid-client -p "$place" set-tags product=oralcam rig=yes
labgrid-client -p "$place" set-comment "camera and rig controller on raw TCP"
