using CustomerService.Repairs;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, RepairsService.Build);
