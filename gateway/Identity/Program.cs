using CustomerService.Identity;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, IdentityService.Build);
