using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>Who can supply a photo, a contract or a signature that is missing.</summary>
internal static class FileSuppliers
{
    public static readonly string[] All =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Qc,
        Roles.QcHead,
        Roles.CustomerService,
        Roles.Customer,
    ];
}
