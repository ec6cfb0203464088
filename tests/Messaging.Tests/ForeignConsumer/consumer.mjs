// A department's own system. Usage:
//   node consumer.mjs read ADDRESS QUEUE COUNT   prints so many events, one JSON line each, acknowledges them and ends
//   node consumer.mjs try ADDRESS QUEUE          tries what a department may not do and prints what came of each, one line each
import amqp from 'amqplib';

const exchange = 'customer-service.events';
const [mode, address, queue, count] = process.argv.slice(2);

if (mode === 'read') {
  const connection = await amqp.connect(address);
  const channel = await connection.createChannel();
  let left = Number(count);
  await channel.prefetch(10);
  await channel.consume(queue, async message => {
    const { headers, messageId, type, contentType } = message.properties;
    console.log(JSON.stringify({ routingKey: message.fields.routingKey, messageId, type, contentType, headers, body: JSON.parse(message.content.toString('utf8')) }));
    channel.ack(message);
    if (--left === 0) {
      await channel.close();
      await connection.close();
    }
  });
} else {
  const attempts = {
    'read another queue': channel => channel.get('department.finance'),
    'declare a queue': channel => channel.assertQueue('department.mine'),
    'bind its queue to more': channel => channel.bindQueue(queue, exchange, '#'),
    'purge its queue': channel => channel.purgeQueue('department.finance'),
    'publish an event': async channel => {
      channel.publish(exchange, 'complaints.complaint.closed.v1', Buffer.from('{}'));
      await channel.waitForConfirms();
    },
    'publish into a queue': async channel => {
      channel.publish('', 'department.finance', Buffer.from('{}'));
      await channel.waitForConfirms();
    },
    'read its own queue': channel => channel.get(queue),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const connection = await amqp.connect(address);
    connection.on('error', () => {});
    const channel = await connection.createConfirmChannel();
    // What is refused after the fact comes as an error of the channel.
    const refused = new Promise((_, reject) => channel.on('error', reject));
    refused.catch(() => {});
    const outcome = await Promise.race([attempt(channel).then(() => 'done'), refused]).catch(error => error.code ?? error.message);
    console.log(`${what}: ${outcome}`);
    await connection.close().catch(() => {});
  }
}
