using CustomerService.Gateway;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, GatewayService.Build);
