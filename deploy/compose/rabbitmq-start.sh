#!/bin/bash
# Starts RabbitMQ with one account for each program, so that each can be seen, limited and shut out by itself. They are imported at
# every start: a password that was changed in .env holds from the next one on.
set -eu

definitions=/etc/rabbitmq/definitions.json
users="" permissions="" topics=""

# Passwords are letters and digits, see .env.example. account NAME PASSWORD TAGS [CONFIGURE-AND-READ WRITE]
account() {
  local read="${4:-.*}" write="${5:-.*}"
  users+="${users:+,}{\"name\":\"$1\",\"password\":\"$2\",\"tags\":\"$3\"}"
  permissions+="${permissions:+,}{\"user\":\"$1\",\"vhost\":\"customer-service\",\"configure\":\"$read\",\"write\":\"$write\",\"read\":\"$read\"}"
}

# A program that only publishes, and only events of its own name. publisher NAME PASSWORD
publisher() {
  account "$1" "$2" "" '^customer-service[.]events$' '^customer-service[.]events$'
  permissions="${permissions%,\"read\":*},\"read\":\"^\$\"}"
  topics+="${topics:+,}{\"user\":\"$1\",\"vhost\":\"customer-service\",\"exchange\":\"customer-service.events\",\"write\":\"^$1[.]\",\"read\":\"^\$\"}"
}

account customer-service "$RABBITMQ_PASSWORD" administrator
account projects "$PROJECTS_BROKER_PASSWORD" ""
account repairs "$REPAIRS_BROKER_PASSWORD" ""
account complaints "$COMPLAINTS_BROKER_PASSWORD" ""
account surveys "$SURVEYS_BROKER_PASSWORD" ""
account reporting "$REPORTING_BROKER_PASSWORD" ""
# Who may do what is the issuer's to say; it says nothing else and reads nothing.
publisher identity "$IDENTITY_BROKER_PASSWORD"
# It faces the network: it listens with queues of its own and can forge or take away no event.
account gateway "$GATEWAY_BROKER_PASSWORD" "" '^(gateway[.]live[.].*|customer-service[.]events)$' '^gateway[.]live[.].*$'

# Nobody but the server reads the passwords.
install -o rabbitmq -g rabbitmq -m 0600 /dev/stdin "$definitions" <<< \
  "{\"vhosts\":[{\"name\":\"customer-service\"}],\"users\":[$users],\"permissions\":[$permissions],\"topic_permissions\":[$topics]}"
echo "load_definitions = $definitions" > /etc/rabbitmq/conf.d/20-customer-service.conf
exec docker-entrypoint.sh rabbitmq-server
