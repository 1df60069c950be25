# The machines of tests/deploy/run: each is a folder that stands for its root, on ports of this machine's loopback.
# What stands on the page is run with those paths and ports in place of the real ones; nothing else of it is changed.

# Below the ports that the system gives to clients.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

machines=(app1 app2 web db1 db2)
app1=$(free_port) app2=$(free_port) db1=$(free_port) db2=$(free_port) http=$(free_port) https=$(free_port)

# However the test ends, all that was started ends too; where something went wrong, the last words of each are shown.
finish() {
    local status=$? machine log pid
    set +e
    for machine in "${machines[@]}"; do
        [ -d "$folder/$machine" ] || continue
        [ "$status" -eq 0 ] || for log in "$folder/$machine"/var/log/*.log "$folder/$machine"/var/log/nginx/error.log; do
            [ ! -s "$log" ] || { echo "--- $log"; grep -v isnad::access "$log" | tail -n 8 | cut -c 1-250; }
        done
        on "$machine" pg_ctlcluster 15 main stop -m immediate >/dev/null 2>&1
        # SIGTERM for nginx, which would leave its workers behind otherwise.
        for pid in "$folder/$machine"/var/{nginx,isnad}.pid; do
            [ ! -s "$pid" ] || kill -TERM "$(cat "$pid")" 2>/dev/null
        done
    done >&2
    rm -rf "$folder"
    exit "$status"
}

# A machine with the page, its files, the program and something to import.
equip() {
    local machine=$1 root=$folder/$1 port=${!1:-$app1}
    mkdir -p "$root"/etc/{systemd/system,isnad,postgresql,nginx/{sites-enabled,tls}} "$root"/usr/local/bin \
        "$root"/var/{run,lib/postgresql,lib/nginx,cache/nginx,log/nginx}
    cp -r "$folder/page" "$root/deploy"
    cp "$folder/isnad" "$folder/articles.ndjson" "$root"
    find "$root/deploy" -type f -exec sed -E -i \
        -e "s#(^|[^[:alnum:]./])/(etc|var|usr/local)/#\1$root/\2/#g" \
        -e "s#db1\.example\.org:5432#localhost:$db1#g; s#db2\.example\.org:5432#localhost:$db2#g" \
        -e "s#app1\.example\.org:8080#127.0.0.1:$app1#g; s#app2\.example\.org:8080#127.0.0.1:$app2#g" \
        -e "s#(127\.0\.0\.1|0\.0\.0\.0):8080#127.0.0.1:$port#g; s#^\[Service\]#&\nEnvironment=ISNAD_LISTEN=127.0.0.1:$port#" \
        -e 's#(\$name|api)\.example\.org#localhost#g' \
        -e "s#listen_addresses = .*#listen_addresses = 'localhost'#; s#^(local +all +)postgres #\1all #" \
        -e "/listen \[::\]/d; s#listen 80;#listen 127.0.0.1:$http;#; s#listen 443 #listen 127.0.0.1:$https #" {} +
}

# on MACHINE COMMAND…: sudo, systemctl, nginx and useradd are stand-ins, all else is what it is.
on() {
    local root=$folder/$1
    shift
    (cd "$root" && exec env ROOT="$root" TESTS="$folder/tests" PG_CLUSTER_CONF_ROOT="$root/etc/postgresql" PGDATABASE=postgres \
        PATH="$folder/tests/stand-ins:$root/usr/local/bin:$PATH" "$@")
}

# follow MACHINE HEADING: runs what the page has under a heading for a machine. What it printed lies in `said`.
follow() {
    local commands
    commands=$(/usr/bin/python3 "$folder/tests/page.py" "$folder/$1/deploy/README.md" "$2" sh "$1")
    echo "$1: $2" >>"$folder/followed"
    on "$1" bash -euo pipefail -c "$commands" >"$folder/said" 2>&1 ||
        { printf 'what the page says under “%s”, on %s, fails:\n%s\n' "$2" "$1" "$commands"; cat "$folder/said"; exit 1; } >&2
}

# As apt leaves a machine when it has installed PostgreSQL: with an empty cluster that runs.
install_postgresql() {
    local root=$folder/$1
    on "$1" pg_createcluster 15 main --port "${!1}" --datadir "$root/var/lib/postgresql/15/main" --start \
        --socketdir "$root/var/run" --logfile "$root/var/log/postgresql.log" -- --no-sync >/dev/null 2>&1
}

# As apt leaves a machine when it has installed nginx, and then a certificate for its name.
install_nginx() {
    local root=$folder/$1
    cat >"$root/etc/nginx/nginx.conf" <<CONFIGURATION
pid $root/var/nginx.pid;
error_log $root/var/log/nginx/error.log;
events {}
http {
    access_log $root/var/log/nginx/access.log;
    client_body_temp_path $root/var/lib/nginx/body;
    proxy_temp_path $root/var/lib/nginx/proxy;
    fastcgi_temp_path $root/var/lib/nginx/fastcgi;
    scgi_temp_path $root/var/lib/nginx/scgi;
    uwsgi_temp_path $root/var/lib/nginx/uwsgi;
    include $root/etc/nginx/sites-enabled/*;
}
CONFIGURATION
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout "$root/etc/nginx/tls/api.key" -out "$root/etc/nginx/tls/api.crt" 2>/dev/null
}
