using CustomerService.ServiceDefaults;
using CustomerService.Surveys;

return await ServiceHost.RunAsync(args, arguments => SurveysService.Build(arguments));
