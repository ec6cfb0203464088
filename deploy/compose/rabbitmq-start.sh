#!/bin/bash
# Starts RabbitMQ with one account for each program, so that each can be seen, limited and shut out by itself. They are imported at
# every start: a password that was changed in .env holds from the next one on.
set -eu

definitions=/etc/rabbitmq/definitions.json
users="" permissions=""

# Passwords are letters and digits, see .env.example. account NAME PASSWORD TAGS [READ WRITE [CONFIGURE]]
account() {
  local read="${4:-.*}" write="${5:-.*}" configure="${6:-${4:-.*}}"
  users+="${users:+,}{\"name\":\"$1\",\"password\":\"$2\",\"tags\":\"$3\"}"
  permissions+="${permissions:+,}{\"user\":\"$1\",\"vhost\":\"customer-service\",\"configure\":\"$configure\",\"write\":\"$write\",\"read\":\"$read\"}"
}

account customer-service "$RABBITMQ_PASSWORD" administrator
account projects "$PROJECTS_BROKER_PASSWORD" ""
account repairs "$REPAIRS_BROKER_PASSWORD" ""
account complaints "$COMPLAINTS_BROKER_PASSWORD" ""
account surveys "$SURVEYS_BROKER_PASSWORD" ""
account reporting "$REPORTING_BROKER_PASSWORD" ""
# It faces the network: it listens with queues of its own and can forge or take away no event.
account gateway "$GATEWAY_BROKER_PASSWORD" "" '^(gateway[.]live[.].*|customer-service[.]events)$' '^gateway[.]live[.].*$'
# Systems of departments, where open-broker.yml lets them in: queues of their own, bound to the events.
if [ -n "${DEPARTMENT_BROKER_PASSWORD:-}" ]; then
  account department "$DEPARTMENT_BROKER_PASSWORD" "" '^(department[.].*|customer-service[.]events)$' '^department[.].*$' '^department[.].*$'
fi

# Nobody but the server reads the passwords.
install -o rabbitmq -g rabbitmq -m 0600 /dev/stdin "$definitions" <<< \
  "{\"vhosts\":[{\"name\":\"customer-service\"}],\"users\":[$users],\"permissions\":[$permissions]}"
echo "load_definitions = $definitions" > /etc/rabbitmq/conf.d/20-customer-service.conf
exec docker-entrypoint.sh rabbitmq-server
