#!/bin/sh
# Run COMMAND where the network is this machine's loopback and nothing else: dcmtk's servers listen on every address.
# usage: alone.sh COMMAND…   (Linux; util-linux and iproute2. No root needed where user namespaces are allowed.)
set -eu
user=""
[ "$(id -u)" = 0 ] || user="--map-root-user"
exec unshare $user --net -- sh -c 'ip link set lo up && exec "$@"' alone "$@"
