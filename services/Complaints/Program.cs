using CustomerService.Complaints;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, ComplaintsService.Build);
