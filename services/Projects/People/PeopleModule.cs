using CustomerService.Projects.People.Features;

namespace CustomerService.Projects.People;

/// <summary>The people of the company.</summary>
internal static class PeopleModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("People");
        RegisterPerson.Map(routes);
        RevisePerson.Map(routes);
        TransferPerson.Map(routes);
        FindSimilarPeople.Map(routes);
        MergePerson.Map(routes);
        UnmergePerson.Map(routes);
        GetPerson.Map(routes);
        ListPeople.Map(routes);
    }
}
