using CustomerService.Projects;
using CustomerService.ServiceDefaults;

return await ServiceHost.RunAsync(args, ProjectsService.Build);
