using CustomerService.Reporting;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, ReportingService.Build);
