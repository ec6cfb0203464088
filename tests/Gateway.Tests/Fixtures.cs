using CustomerService.Gateway.Tests;
using CustomerService.Testing;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]
[assembly: AssemblyFixture(typeof(SignInFixture))]
