#!/bin/sh
# First process of the VM: modules, the host's files read-only with a tmpfs on top, then the command.
# It tells the host what happens over the first virtio port; whatever fails is said on the console.
export PATH=/bin
fail() { echo "usb_vm: $*"; sleep 600; }
uptime() { cut -d' ' -f1 /proc/uptime; }

mount -t proc proc /proc && mount -t sysfs sys /sys && mount -t devtmpfs dev /dev || fail "no /proc, /sys or /dev"
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
while read -r name options; do
  insmod "/modules/$name.ko" $options || fail "module $name does not load"
done </modules/order
echo Y >/sys/module/usbcore/parameters/old_scheme_first # one bus reset for each plug-in, not two: 0.3 s, not 0.4
tries=0 # the ports appear a moment after their driver
until set -- /dev/vport*p1 /dev/vport*p2 /dev/vport*p3 && [ -c "$1" ] && [ -c "$2" ] && [ -c "$3" ]; do
  tries=$((tries + 1))
  [ $tries -lt 500 ] || fail "no virtio ports"
  sleep 0.02
done
exec 4>"$1" 5>"$2" 6>"$3"
echo "modules $(uptime)" >&4

mount -t configfs config /sys/kernel/config || fail "no configfs"
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,ro,cache=loose host /lower || fail "the host's files do not mount"
mount -t tmpfs upper /upper && mkdir /upper/files /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/files,workdir=/upper/work overlay /root || fail "no overlay"
for folder in proc sys dev; do
  mount -o rbind "/$folder" "/root/$folder" || fail "/$folder is not there"
done
mount -t tmpfs run /root/run # the host's sockets and udev's notes are not ours
share=$(cat /run/share)
mkdir -p "/root$share"
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288 share "/root$share" || fail "the share does not mount"
ifconfig lo 127.0.0.1 up
cat /run/command >/root/run/usb_vm_command
echo "command $(uptime)" >&4
chroot /root /bin/sh /run/usb_vm_command </dev/null >&5 2>&6 4>&- 5>&- 6>&-
code=$?
cat /run/mark >&5
cat /run/mark >&6
echo "exit $code" >&4
echo "ended $(uptime)" >&4
sleep 600 # the host ends us
