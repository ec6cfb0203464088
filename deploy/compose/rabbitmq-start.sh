#!/bin/bash
# Starts RabbitMQ with one account for each program, so that each can be seen, limited and shut out by itself. What they may do, the
# limits of the queues, exchange and stream are those of deploy/rabbitmq/definitions.json. All is imported at every start: a password
# that was changed in .env holds from the next one on.
set -eu

common=/etc/customer-service/definitions.json
definitions=/etc/rabbitmq/definitions.json
users=""

# Passwords are letters and digits, see .env.example. account NAME PASSWORD TAGS
account() {
  users+="${users:+,}{\"name\":\"$1\",\"password\":\"$2\",\"tags\":\"$3\"}"
}

account customer-service "$RABBITMQ_PASSWORD" administrator
account projects "$PROJECTS_BROKER_PASSWORD" ""
account repairs "$REPAIRS_BROKER_PASSWORD" ""
account complaints "$COMPLAINTS_BROKER_PASSWORD" ""
account surveys "$SURVEYS_BROKER_PASSWORD" ""
account reporting "$REPORTING_BROKER_PASSWORD" ""
account identity "$IDENTITY_BROKER_PASSWORD" ""
account gateway "$GATEWAY_BROKER_PASSWORD" ""
permissions='{"user":"customer-service","vhost":"customer-service","configure":".*","write":".*","read":".*"},'
# Where open-broker.yml lets the systems of departments in, Reporting makes an account for each. Only administrators may; this one reads and
# writes queues of departments alone, can be told apart in the broker's log, and without the overlay nobody can sign in with it.
if [ -n "${DEPARTMENT_ACCOUNTS_PASSWORD:-}" ]; then
  account department-accounts "$DEPARTMENT_ACCOUNTS_PASSWORD" administrator
  own='^department[.].*$'
  permissions+="{\"user\":\"department-accounts\",\"vhost\":\"customer-service\",\"configure\":\"$own\",\"write\":\"$own\","
  permissions+='"read":"^(department[.].*|customer-service[.]events)$"},'
else
  users+=',{"name":"department-accounts","password_hash":"","tags":""}'
fi

# Nobody but the server reads the passwords. The users go before everything else, and the permissions of people before those of the
# programs; a test reads the result.
{
  echo "{\"users\":[$users],"
  tail -n +2 "$common" | sed "s/^  \"permissions\": \[\$/&$permissions/"
} | install -o rabbitmq -g rabbitmq -m 0600 /dev/stdin "$definitions"
echo "load_definitions = $definitions" > /etc/rabbitmq/conf.d/20-customer-service.conf
exec docker-entrypoint.sh rabbitmq-server
