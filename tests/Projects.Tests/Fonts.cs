[assembly: Xunit.AssemblyFixture(typeof(CustomerService.Testing.FontsFixture))]
